export * from './config/base-config.js';
export * from './config/read-config.js';
export * from './config/config.token.js';
export * from './auth/caller.js';
export { Allow, type AccessRule } from './auth/allow.js';
export { clientAddress } from './http/client-address.js';
export { Public } from './auth/public.js';
export { CurrentCaller } from './auth/current-caller.js';
export { Problems } from './problems/problems.decorator.js';
export { TextProblems } from './problems/text-problems.js';
export { message } from './problems/message.js';
export { ELEMENTS, kindOf, type TextElement } from './problems/text-elements.js';
export { VALIDATION_TEXTS } from './problems/validation-texts.js';
export { detailMessage } from './problems/detail-message.js';
export * from './http/paging.js';
export { asBoolean } from './http/as-boolean.js';
export { given } from './http/given.js';
export { isMoment, Moment } from './http/moment.js';
export {
  checkVersion,
  hasAlready,
  IfMatch,
  RequiredIfMatch,
  withEtag,
  withOwnEtag,
  type Versioned,
} from './http/etag.js';
export { attachment } from './http/attachment.js';
export { closeServer } from './http/close-server.js';
export { Idempotent } from './idempotency/idempotent.js';
export { Idempotency } from './idempotency/idempotency.js';
export { createIdempotencyTable } from './idempotency/idempotency.table.js';
export { IDEMPOTENCY_ENTITIES } from './idempotency/idempotency-key.entity.js';
export { CompanyDeletion } from './company-deletion/company-deletion.js';
export { EndedJobs, endedJobs, type JobTable } from './ended-jobs/ended-jobs.js';
export { COMPANY_DELETION_ENTITIES } from './company-deletion/deleted-company.entity.js';
export { Questions } from './questions/questions.js';
export type { Answerer, QuestionTransport } from './questions/question-transport.js';
export { createInProcessQuestions } from './questions/in-process-questions.js';
export { EachText, MinCharacters, Text } from './http/text-rules.js';
export { requireStorable, unstorableTexts } from './http/unstorable.js';
export { RequestValidationPipe } from './http/request-validation.pipe.js';
export { Metrics } from './metrics/metrics.js';
export { transportMetrics } from './metrics/messaging-metrics.js';
export { startMetricsServer, type MetricsServer } from './metrics/metrics-server.js';
export type { Runtime, ServiceDefinition } from './service/service-definition.js';
export { createService } from './service/create-service.js';
export { startService } from './service/start-service.js';
export { runUntilSignal } from './service/run-until-signal.js';
export { ApiEventStream } from './openapi/event-stream.js';
export { AnyOf, OneOf } from './http/one-of.js';
export { Bodies } from './openapi/bodies.decorator.js';
export { openApiDocument } from './openapi/openapi-document.js';
export { isReady } from './health/is-ready.js';
export { serveDocs } from './openapi/serve-docs.js';
export { mergeOpenApi, type ServiceDocuments } from './openapi/merge.js';
export { fetchJson, FetchRefused, type Reach } from './outbound/fetch-json.js';
export { EXPORT_FORMATS, MEDIA_TYPES, sendTable, SHEET_LIMIT } from './downloads/send-table.js';
export { valueCell, valueKind, type FileTarget } from './downloads/value-cell.js';
export { chosenFields } from './downloads/chosen-fields.js';
export { localTimeOf } from './downloads/local-time.js';
export { whoOf, whoText } from './downloads/who.js';
export { writableCell, writableText } from './downloads/writable-text.js';
