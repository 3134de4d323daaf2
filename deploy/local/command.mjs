// Compiles the command `muster` alone, once per state of its sources: it takes a second where the whole build takes fifteen.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { hashSources } from './sources.mjs';

const ROOMS = ['services/cli', 'libs/tabular', 'libs/contracts'];
const ENTRY = 'services/cli/src/main.ts';
const ALIAS = /(['"])@muster\/([a-z-]+)\1/g;

/**
 * Each state has a folder of its own that appears complete, so that two commands may start at once.
 * @param {string} root the repository
 * @returns the compiled entry file
 */
export async function compiledCommand(root) {
  const folder = join(root, 'dist/command', hashSources(root, ROOMS).slice(0, 16));
  const entry = join(folder, ENTRY.replace(/\.ts$/, '.js'));
  if (existsSync(entry)) return entry;
  const unfinished = `${folder}.${process.pid}`;
  try {
    await compile(root, unfinished);
    putInPlace(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return entry;
}

/** Without a look at types, which `npm run typecheck` has. */
async function compile(root, out) {
  const { default: ts } = await import('typescript');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  // A file at a time the compiler does not look for the package.json that makes `nodenext` mean ESM.
  const compilerOptions = {
    ...config.compilerOptions,
    module: 'esnext',
    moduleResolution: 'bundler',
    sourceMap: false,
  };
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, root);
  const files = new Set([join(root, ENTRY)]);
  // A set gives out what is added while it is walked.
  for (const file of files) {
    const libAsPath = (_, quote, lib) => quote + specifier(file, join(root, 'libs', lib, 'src/index.js')) + quote;
    const source = readFileSync(file, 'utf8').replaceAll(ALIAS, libAsPath);
    const { outputText } = ts.transpileModule(source, { compilerOptions: options, fileName: file });
    for (const { fileName } of ts.preProcessFile(outputText).importedFiles) {
      if (fileName.startsWith('.')) files.add(resolve(dirname(file), fileName).replace(/\.js$/, '.ts'));
    }
    const target = join(out, relative(root, file)).replace(/\.ts$/, '.js');
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
}

function putInPlace(unfinished, folder) {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Somebody else was faster with the same.
    if (!existsSync(folder)) throw error;
  }
  for (const name of readdirSync(dirname(folder))) {
    const other = join(dirname(folder), name);
    if (other !== folder && !name.includes('.')) rmSync(other, { recursive: true, force: true });
  }
}

function specifier(from, to) {
  const path = relative(dirname(from), to).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}
