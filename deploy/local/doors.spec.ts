import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** A small house with one wrong door per file, named by the rule that must catch it, and some that are open. */
const FORBIDDEN: [file: string, line: string, rule: string][] = [
  ['services/import/src/run/a.service.ts', `import '../../../field-data/src/definition.js'`, 'service-imports-service'],
  [
    'services/import/src/run/b.service.ts',
    `import type { X } from '../../../field-data/src/definition.js'`,
    'service-imports-service',
  ],
  [
    'services/standalone/src/inside.ts',
    `import '../../field-data/src/customers/customer.service.js'`,
    'standalone-takes-definitions',
  ],
  ['libs/platform/src/a.ts', `import '../../../services/field-data/src/definition.js'`, 'lib-imports-service'],
  [
    'services/import/src/run/c.service.ts',
    `import '../../../../libs/persistence/src/secret.js'`,
    'past-the-door-of-a-lib',
  ],
  ['libs/messaging/src/a.ts', `import '@muster/platform'`, 'libs-in-layers'],
  ['libs/persistence/src/a.ts', `import '@muster/messaging'`, 'persistence-below-messaging'],
  ['services/import/src/run/d.service.ts', `import '@muster/testing'`, 'testing-outside-tests'],
  ['services/cli/src/a.ts', `import '@muster/platform'`, 'command-stays-light'],
  ['services/cli/src/b.ts', `import '@nestjs/common'`, 'command-stays-light'],
  ['libs/contracts/src/a.ts', `import 'node:fs'`, 'pure-lib-does-io'],
  ['libs/import-model/src/a.ts', `import 'node:child_process'`, 'pure-lib-does-io'],
  ['libs/contracts/src/b.ts', `import '@nestjs/common'`, 'pure-lib-uses-framework'],
  ['libs/import-model/src/b.ts', `import '@muster/persistence'`, 'pure-lib-knows-more-than-contracts'],
  ['libs/tabular/src/a.ts', `import '@muster/contracts'`, 'tabular-stands-alone'],
  ['libs/tabular/src/b.ts', `import '@nestjs/common'`, 'tabular-stands-alone'],
  ['services/import/src/run/plan-run.ts', `import '@nestjs/microservices'`, 'rule-file-uses-framework'],
  ['services/import/src/run/e.service.ts', `import 'typeorm'`, 'typeorm-outside-repositories'],
  ['services/import/src/run/f.repository.ts', `import 'pg'`, 'pg-outside-persistence'],
  ['services/import/src/run/g.consumer.ts', `import 'kafkajs'`, 'kafkajs-outside-messaging'],
  ['services/import/src/run/h.service.ts', `import 'papaparse'`, 'papaparse-outside-tabular'],
  ['services/import/src/run/i.repository.ts', `import './i.service.js'`, 'circular'],
  ['services/import/src/run/j.service.ts', `import './nowhere.js'`, 'unresolvable'],
];
const ALLOWED: [file: string, line: string][] = [
  ['services/import/src/run/k.service.ts', `import '@muster/platform'`],
  ['services/import/src/run/l.service.ts', `import type { EntityManager } from 'typeorm'`],
  ['services/import/src/run/m.repository.ts', `import 'typeorm'`],
  ['services/import/src/run/n.int-spec.ts', `import '@muster/testing'`],
  ['services/import/src/run/stager.ts', `import '@nestjs/common'`],
  ['services/standalone/src/main.ts', `import '../../field-data/src/definition.js'`],
  ['libs/contracts/src/c.ts', `import 'zod'`],
  ['libs/persistence/src/b.ts', `import 'pg'`],
  ['libs/tabular/src/c.ts', `import 'papaparse'`],
  ['services/cli/src/c.ts', `import '@muster/tabular'`],
];
const PACKAGES = ['@nestjs/common', '@nestjs/microservices', 'typeorm', 'pg', 'kafkajs', 'papaparse', 'zod'];
const LIBS = ['contracts', 'import-model', 'tabular', 'persistence', 'messaging', 'platform', 'testing'];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

describe('doors between the rooms', () => {
  const house = mkdtempSync(join(tmpdir(), 'muster-doors-'));
  let violations: readonly Violation[] = [];

  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  };

  beforeAll(() => {
    for (const [file, line] of [...FORBIDDEN, ...ALLOWED]) write(file, `${line};\nexport type X = 1;\n`);
    for (const lib of LIBS) write(`libs/${lib}/src/index.ts`, 'export {};\n');
    write('libs/persistence/src/secret.ts', 'export {};\n');
    write('services/field-data/src/definition.ts', 'export type X = 1;\n');
    write('services/field-data/src/customers/customer.service.ts', 'export {};\n');
    write('services/import/src/run/i.service.ts', `import './i.repository.js';\n`);
    for (const name of PACKAGES) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      write(`node_modules/${name}/index.js`, '');
    }
    write('package.json', JSON.stringify({ dependencies: Object.fromEntries(PACKAGES.map((name) => [name, '1'])) }));
    cpSync(join(ROOT, 'tsconfig.json'), join(house, 'tsconfig.json'));
    const { stdout, stderr } = spawnSync(
      join(ROOT, 'node_modules/.bin/depcruise'),
      ['--config', join(ROOT, '.dependency-cruiser.mjs'), '--output-type', 'json', 'services', 'libs'],
      { cwd: house, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    if (!stdout) throw new Error(stderr);
    violations = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
  });

  afterAll(() => rmSync(house, { recursive: true }));

  const rulesBrokenBy = (file: string) => violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

  it.each(FORBIDDEN)('%s may not %s', (file, _line, rule) => {
    expect(rulesBrokenBy(file)).toContain(rule);
  });

  it.each(ALLOWED)('%s may %s', (file) => {
    expect(rulesBrokenBy(file)).toEqual([]);
  });

  it('catches nothing else', () => {
    expect([...new Set(violations.map(({ from }) => from))].sort()).toEqual(FORBIDDEN.map(([file]) => file).sort());
  });
});
