// Installs programs that the project needs, where that is ours to do.
import { existsSync } from 'node:fs';
import { run, withoutOwnTools } from './run.mjs';

export const aptEnvironment = { ...withoutOwnTools, DEBIAN_FRONTEND: 'noninteractive' };

/** Only as root on Debian; elsewhere it is for people to decide. */
export const mayInstall = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

export const aptUpdate = () => run('apt-get', ['update', '-q'], aptEnvironment);

export const aptInstall = (packages) =>
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], aptEnvironment);
