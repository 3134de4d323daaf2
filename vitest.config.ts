import { defineConfig } from 'vitest/config';
import { PATIENT } from './libs/testing/src/patience.js';

const shared = {
  // oxc ignores `useDefineForClassFields: false` of tsconfig.json; these two settings are its meaning.
  oxc: { assumptions: { setPublicClassFields: true }, typescript: { removeClassFieldsWithoutInitializer: true } },
  resolve: { tsconfigPaths: true },
};

/** `*.spec.ts`: rules, no I/O. `*.int-spec.ts`: real PostgreSQL and Kafka. `*.e2e-spec.ts`: the built services over HTTP. */
export default defineConfig({
  test: {
    reporters: ['default', './libs/testing/src/closing-line.reporter.ts'],
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['{libs,services,deploy}/**/*.spec.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['{libs,services,deploy}/**/*.int-spec.ts'],
          globalSetup: ['libs/testing/src/global-setup.ts'],
          expect: { poll: PATIENT },
          testTimeout: 360_000,
          hookTimeout: 360_000,
          maxWorkers: 2,
        },
      },
      {
        ...shared,
        test: {
          name: 'end-to-end',
          include: ['services/**/*.e2e-spec.ts'],
          globalSetup: ['libs/testing/src/global-setup.ts'],
          expect: { poll: PATIENT },
          testTimeout: 900_000,
          hookTimeout: 900_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
