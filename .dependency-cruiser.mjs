// The doors between the rooms (docs/adr/0001). Each rule's comment is what a person reads who walks into a wall.

const TESTS = '\\.(int-|e2e-)?spec\\.ts$|/test-support/|/testbed/|^libs/testing/|^bench/';
const FRAMEWORKS =
  'node_modules/(@nestjs|typeorm|pg|kafkajs|express|rxjs|class-validator|class-transformer|pino|nestjs-pino)/';
// What all kinds of records share: statements made from the metadata of their entities.
const RECORD_TABLES = '^services/field-data/src/records/';
const IO =
  '^(node:)?(fs|fs/promises|net|tls|http|https|http2|dgram|dns|child_process|cluster|worker_threads|os|process)$';

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const rooms = [
  {
    name: 'service-imports-service',
    comment: 'Services speak by events and questions (libs/contracts). Only standalone puts them together.',
    severity: 'error',
    from: { path: '^services/([^/]+)/', pathNot: '^services/standalone/' },
    to: { path: '^services/', pathNot: '^services/$1/' },
  },
  {
    name: 'standalone-takes-definitions',
    comment:
      'Standalone starts services by their definition.ts and the commands beside it, and knows the shapes of their answers, nothing else.',
    severity: 'error',
    from: { path: '^services/standalone/', pathNot: TESTS },
    to: {
      path: '^services/[^/]+/src/',
      pathNot:
        '^services/(standalone/|[^/]+/src/(definition|config|create-operator-key)\\.ts$|[^/]+/src/.*\\.dto\\.ts$)',
    },
  },
  {
    name: 'lib-imports-service',
    comment: 'A library stands below the services.',
    severity: 'error',
    from: { path: '^libs/' },
    to: { path: '^services/' },
  },
  {
    name: 'past-the-door-of-a-lib',
    comment: 'A library is entered by its name, @muster/x, never by a path into it.',
    severity: 'error',
    from: { path: '^(libs/[^/]+|services/[^/]+|bench)/' },
    to: { path: '^libs/[^/]+/', pathNot: ['^$1/', '^libs/[^/]+/src/index\\.ts$'] },
  },
  {
    name: 'libs-in-layers',
    comment:
      'contracts < import-model, persistence < messaging < import-owner, platform; tabular stands alone; testing sees all.',
    severity: 'error',
    from: {
      path: '^libs/(contracts|import-model|tabular|persistence|messaging|import-owner)/',
      pathNot: '\\.int-spec\\.ts$',
    },
    to: { path: '^libs/(platform|testing)/' },
  },
  {
    name: 'persistence-below-messaging',
    comment: 'The database knows nothing of who carries events.',
    severity: 'error',
    from: { path: '^libs/(contracts|import-model|tabular|persistence)/', pathNot: '\\.int-spec\\.ts$' },
    to: { path: '^libs/(messaging|import-owner|platform|testing)/' },
  },
  {
    name: 'command-stays-light',
    comment:
      'The command muster starts at once: tables, contracts and what calls the API, no framework and no drivers.',
    severity: 'error',
    from: { path: '^services/cli/', pathNot: TESTS },
    to: { path: `^libs/(?!(tabular|contracts)/)|${FRAMEWORKS}` },
  },
  {
    name: 'testing-outside-tests',
    comment: 'What is for tests is imported by tests, benchmarks and the local set-ups of standalone only.',
    severity: 'error',
    from: { path: '^(services|libs)/', pathNot: `${TESTS}|^services/standalone/` },
    to: { path: '^libs/testing/' },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const purity = [
  {
    name: 'pure-lib-does-io',
    comment: 'contracts and import-model are data and pure functions.',
    severity: 'error',
    from: { path: '^libs/(contracts|import-model)/', pathNot: TESTS },
    to: { dependencyTypes: ['core'], path: IO },
  },
  {
    name: 'pure-lib-uses-framework',
    comment: 'contracts and import-model import no framework.',
    severity: 'error',
    from: { path: '^libs/(contracts|import-model)/' },
    to: { path: FRAMEWORKS },
  },
  {
    name: 'pure-lib-knows-more-than-contracts',
    comment: 'contracts imports no library of ours; import-model none but contracts.',
    severity: 'error',
    from: { path: '^libs/(contracts|import-model)/', pathNot: TESTS },
    to: { path: '^libs/', pathNot: '^libs/($1|contracts)/' },
  },
  {
    name: 'tabular-stands-alone',
    comment: 'tabular reads and writes tables; it knows neither us nor a framework.',
    severity: 'error',
    from: { path: '^libs/tabular/', pathNot: TESTS },
    to: { path: `^libs/(?!tabular/)|${FRAMEWORKS}` },
  },
  {
    name: 'rule-file-uses-framework',
    comment:
      'A file of a feature without a suffix (plan-deactivation.ts) decides; it may be injectable, and knows no wire and no database.',
    severity: 'error',
    from: {
      path: '^services/[^/]+/src/.+/[^/.]+\\.ts$',
      pathNot: `^services/standalone/|/migrations/|/test-support/|${RECORD_TABLES}`,
    },
    to: {
      path: 'node_modules/(@nestjs/(?!common/)|typeorm/|pg/|kafkajs/|express/|rxjs/|pino|nestjs-pino/)',
      dependencyTypesNot: ['type-only'],
    },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const drivers = [
  {
    name: 'typeorm-outside-repositories',
    comment:
      'Only persistence has the DataSource. Entities, repositories, migrations and database.ts may name TypeORM; others its types.',
    severity: 'error',
    from: {
      path: '^(services|libs)/',
      pathNot: `^libs/(persistence|messaging|import-owner|platform)/|\\.(entity|repository)\\.ts$|/migrations/|/database\\.ts$|${RECORD_TABLES}|${TESTS}`,
    },
    to: { path: 'node_modules/typeorm/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'pg-outside-persistence',
    comment:
      'Connections are made by persistence, by messaging for the embedded log, and by standalone, which makes the database.',
    severity: 'error',
    from: { path: '^(services|libs)/', pathNot: `^libs/(persistence|messaging)/|^services/standalone/|${TESTS}` },
    to: { path: 'node_modules/(@types/)?pg/' },
  },
  {
    name: 'kafkajs-outside-messaging',
    comment: 'Who carries events is known to messaging alone.',
    severity: 'error',
    from: { path: '^(services|libs)/', pathNot: `^libs/messaging/|${TESTS}` },
    to: { path: 'node_modules/kafkajs/' },
  },
  {
    name: 'papaparse-outside-tabular',
    comment: 'Files of tables are read and written by tabular.',
    severity: 'error',
    from: { path: '^(services|libs)/', pathNot: `^libs/tabular/|${TESTS}` },
    to: { path: 'node_modules/(@types/)?papaparse/' },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const hygiene = [
  {
    name: 'circular',
    comment: 'Two files that import each other are one file, or one of them holds something that belongs to a third.',
    severity: 'error',
    from: { path: '^(services|libs|bench)/' },
    to: { circular: true },
  },
  {
    name: 'unresolvable',
    comment: 'This import leads nowhere.',
    severity: 'error',
    from: {},
    // Generated by the build.
    to: { couldNotResolve: true, pathNot: '/dist/' },
  },
  {
    name: 'undeclared-package',
    comment: 'A package that package.json does not name, or names for development only.',
    severity: 'error',
    from: { path: '^(services|libs)/', pathNot: TESTS },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...rooms, ...purity, ...drivers, ...hygiene],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
