import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const POM = join('deploy', 'local', 'kafka', 'pom.xml');

/** The folder with the jars of the Kafka that pom.xml names; Maven downloads them once per machine. Needs `mvn` and Java 17. */
export async function kafkaJars(): Promise<string> {
  const pom = findUpwards(import.meta.dirname);
  const version = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([^<]+)</.exec(await readFile(pom, 'utf8'))?.[1];
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'muster');
  const folder = join(cache, `kafka-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  // Beside its place and then renamed: what stands there is complete, also when two runs download at once.
  const download = await mkdtemp(`${folder}-`);
  try {
    await promisify(execFile)('mvn', [
      ...['-B', '-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${download}`],
    ]);
    await rename(download, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(download, { recursive: true, force: true });
  }
  return folder;
}

/** Found from the sources and from `dist` alike. */
function findUpwards(folder: string): string {
  const file = join(folder, POM);
  if (existsSync(file)) return file;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`${POM} is not in any folder above ${import.meta.dirname}`);
  return findUpwards(parent);
}
