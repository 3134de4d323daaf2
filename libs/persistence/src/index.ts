export * from './ids.js';
export * from './service-database.js';
export * from './data-source.js';
export * from './unit-of-work.js';
export * from './migrate.js';
export * from './provision.js';
export * from './tenancy.js';
export * from './change-log.js';
export { createCompanyDeletion, type CompanyDeletionOptions } from './company-deletion.js';
export {
  createAuditLog,
  joinAuditsByHash,
  replaceAuditNotes,
  writeAuditsAsText,
  type AuditLogOptions,
} from './audit-log.js';
export { auditTable, type AuditedTable } from './audit-table.js';
export * from './drift.js';
export { generatedColumn } from './generated-column.js';
export * from './embedded-postgres.js';
export { violatedConstraint } from './violated-constraint.js';
