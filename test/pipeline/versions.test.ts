import t from 'tap'
import { type Version, Versions } from '../../src/pipeline/versions.ts'
import { request } from '../residency/facts.ts'

/** Which form of a request leaves for which deployment. */

const version = (payload: 'clear' | 'pseudonymised'): Version => ({
  outbound: {} as Version['outbound'],
  facts: request({ payload })
})

t.test('without words of a provider there is one form for all', async t => {
  const first = version('pseudonymised')
  const versions = new Versions(null, first, () => Promise.reject(new Error('never made')))
  for (const id of ['a', 'b']) {
    await versions.prepare(id)
    t.equal(versions.of(id), first)
  }
})

t.test('the words of a provider go to no other; the second form is made once, when it is needed', async t => {
  const [first, second] = [version('pseudonymised'), version('clear')]
  let made = 0
  const versions = new Versions('writer', first, () => {
    made++
    return Promise.resolve(second)
  })
  await versions.prepare('writer')
  t.equal(versions.of('writer'), first)
  t.equal(made, 0)
  for (const id of ['other', 'another', 'other']) {
    await versions.prepare(id)
    t.equal(versions.of(id), second, 'decided and sent as what it is')
  }
  t.equal(made, 1)
  t.equal(versions.of('writer'), first)
})

t.test('a form that can not be made refuses the deployment that would need it, each time', async t => {
  const versions = new Versions('writer', version('pseudonymised'), () =>
    Promise.reject(new Error('blocked'))
  )
  await versions.prepare('writer')
  for (let at = 0; at < 2; at++) await t.rejects(versions.prepare('other'), /blocked/)
})
