// Makes the schemas and roles of all services in one database. A repeat changes nothing but the password.
import { provision } from '@muster/persistence';
import { provisionConfig } from './provision/config.js';

const { adminDatabaseUrl, rolePassword } = provisionConfig();
const urls = await provision(adminDatabaseUrl, rolePassword);
console.log(`Schemas and roles are there for ${Object.keys(urls).join(', ')}`);
