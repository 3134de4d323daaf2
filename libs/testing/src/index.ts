export * from './test-database.js';
export { tablesOfCompany } from './rows-of-company.js';
export * from './test-transport.js';
export * from './kafka.js';
export * from './client.js';
export * from './test-service.js';
export * from './unzip.js';
export * from './sample-customers.js';
export * from './published-events.js';
