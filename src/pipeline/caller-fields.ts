import type { Caller } from '../governance.ts'

/** What records say of a caller: which app and key, and its purpose record with what that lacks. */
export function callerFields({ app, keyId }: Caller) {
  const { purpose, gaps } = app
  const { controller, useCase } = purpose ?? {}
  return {
    app_id: app.id,
    auth_method: keyId === null ? 'none' : 'api_key',
    credential_id: keyId ?? undefined,
    legal_entity:
      controller?.code === undefined || controller.codeType === undefined
        ? undefined
        : { code: controller.code, code_type: controller.codeType },
    purpose: purpose && { id: purpose.id, version: purpose.version },
    purpose_gaps: gaps.length === 0 ? undefined : gaps,
    function: purpose?.function && { id: purpose.function.id, critical: purpose.function.critical },
    legal_basis: purpose?.legalBasis,
    special_basis: purpose?.specialBasis,
    dpia_ref: purpose?.dpia,
    fria_ref: purpose?.fria,
    ropa_id: purpose?.ropa,
    ai: useCase && {
      use_case_id: useCase.id,
      role: useCase.role,
      risk_class: useCase.riskClass,
      disclosure_ref: purpose?.disclosure
    }
  } as const
}
