// Apache Kafka, for tests and for `npm run cluster`, needs Java; its jars come through Maven.
import { aptEnvironment, aptInstall, aptUpdate, mayInstall } from './apt.mjs';
import { giveUp, outputOf } from './run.mjs';

const WANTED = 17;
const HOW = `Install them (Debian, Ubuntu: sudo apt-get install openjdk-17-jre-headless maven; macOS: brew install openjdk maven) and try again.`;

function javaVersion() {
  const found = /version "(\d+)/.exec(outputOf('java', ['-version']) ?? '');
  return found ? Number(found[1]) : 0;
}

const hasMaven = () => outputOf('mvn', ['--version']) !== undefined;

function missing() {
  const version = javaVersion();
  return [
    ...(version < WANTED ? [`Java ${WANTED} or newer${version ? ` (here: ${version})` : ''}`] : []),
    ...(hasMaven() ? [] : ['Maven']),
  ];
}

/** As root on Debian it installs what is missing; elsewhere one sentence says what that is. */
export async function ensureJavaAndMaven() {
  const before = missing();
  if (before.length === 0) return;
  if (!mayInstall()) giveUp(`Kafka needs ${before.join(' and ')}, which this machine has not. ${HOW}`);
  console.log(`Installing with apt what Kafka needs: ${before.join(', ')}`);
  const code = await installWithApt(before);
  const after = missing();
  if (after.length > 0)
    giveUp(`Kafka needs ${after.join(' and ')}, and apt could not install it (exit code ${code}). ${HOW}`);
}

async function installWithApt(wanted) {
  const updated = await aptUpdate();
  if (updated !== 0) return updated;
  const java = [17, 21, 25].map((n) => `openjdk-${n}-jre-headless`);
  // Debian 13 has no 17 any more.
  const available = java.find((name) =>
    /Candidate: \d/.test(outputOf('apt-cache', ['policy', name], aptEnvironment) ?? ''),
  );
  const packages = [
    ...(javaVersion() < WANTED ? [available ?? 'default-jre-headless'] : []),
    ...(hasMaven() ? [] : ['maven']),
  ];
  if (wanted.length === 0) return 0;
  return aptInstall(packages);
}
