/** The five services, in the order in which they may be started. */
export const SERVICES = ['user-admin', 'field-data', 'restore-point', 'import', 'notification'] as const;
export type ServiceName = (typeof SERVICES)[number];

/**
 * First path segments (after `/v1`) by service. No two services share one, so an ingress routes by it alone.
 * `/.well-known` stands at the root.
 */
export const ROUTES: Record<ServiceName, readonly string[]> = {
  'user-admin': [
    '/v1/auth',
    '/v1/me',
    '/v1/companies',
    '/v1/company',
    '/v1/users',
    '/v1/access-links',
    '/v1/user-groups',
    '/v1/code-lists',
    '/v1/licences',
    '/v1/api-keys',
    '/v1/audit-log',
    '/api/ExportUsers',
    '/.well-known',
  ],
  import: [
    '/v1/uploads',
    '/v1/imports',
    '/v1/import-schema',
    '/v1/import-configurations',
    '/api/ImportUsers',
    '/api/ImportCustomers',
    '/api/ImportAppointments',
    '/api/ImportTasks',
    '/api/ImportReports',
  ],
  'field-data': [
    '/v1/customers',
    '/v1/appointments',
    '/v1/tasks',
    '/v1/reports',
    '/v1/recycle-bin',
    '/v1/custom-fields',
  ],
  'restore-point': ['/v1/restore-points'],
  notification: ['/v1/notifications'],
};

/** The service that serves `path`, or undefined. Every service also serves its own `/v1/{service}/dead-letters`. */
export function serviceOfPath(path: string): ServiceName | undefined {
  const matches = (prefix: string) => path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}?`);
  return SERVICES.find((service) => [`/v1/${service}`, ...ROUTES[service]].some(matches));
}
