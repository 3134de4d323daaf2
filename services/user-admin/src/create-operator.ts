import { createOperatorKey } from './create-operator-key.js';
import { operatorKeyConfig } from './config.js';

// node create-operator.js [name]: prints a new operator's API key, once.
const { databaseUrl } = operatorKeyConfig();
console.log(await createOperatorKey({ url: databaseUrl, ...(process.argv[2] && { name: process.argv[2] }) }));
