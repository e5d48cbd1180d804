/** Writes the few protobuf messages of an ONNX model that tests need (onnx.proto, IR version 8, opset 13). */

const FLOAT = 1
const INT64 = 7

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  return Buffer.from([...bytes, rest])
}

const number = (field: number, value: number): Buffer => Buffer.concat([varint(field << 3), varint(value)])

function bytes(field: number, value: Buffer | string): Buffer {
  const content = Buffer.from(value)
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content])
}

function valueInfo(name: string, type: number, dims: readonly (string | number)[]): Buffer {
  const shape = dims.map(dim => bytes(1, typeof dim === 'number' ? number(1, dim) : bytes(2, dim)))
  const tensor = Buffer.concat([number(1, type), bytes(2, Buffer.concat(shape))])
  return Buffer.concat([bytes(1, name), bytes(2, bytes(1, tensor))])
}

/**
 * A token classifier that looks at each token alone: `logits = table[input_ids]`.
 * @param table one row of logits per token of the vocabulary, all of one width
 */
export function lookUpModel(table: readonly (readonly number[])[]): Buffer {
  const width = table[0]?.length ?? 0
  const weights = Buffer.from(Float32Array.from(table.flat()).buffer)
  const tensor = Buffer.concat([
    number(1, table.length),
    number(1, width),
    number(2, FLOAT),
    bytes(8, 'table'),
    bytes(9, weights)
  ])
  const node = Buffer.concat([
    bytes(1, 'table'),
    bytes(1, 'input_ids'),
    bytes(2, 'logits'),
    bytes(4, 'Gather')
  ])
  const graph = Buffer.concat([
    bytes(1, node),
    bytes(2, 'look-up'),
    bytes(5, tensor),
    bytes(11, valueInfo('input_ids', INT64, ['batch', 'tokens'])),
    bytes(11, valueInfo('attention_mask', INT64, ['batch', 'tokens'])),
    bytes(12, valueInfo('logits', FLOAT, ['batch', 'tokens', width]))
  ])
  const opset = Buffer.concat([bytes(1, ''), number(2, 13)])
  return Buffer.concat([number(1, 8), bytes(7, graph), bytes(8, opset)])
}
