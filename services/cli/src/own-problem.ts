import type { Language } from './language.js';

interface OwnTexts {
  readonly title: Readonly<Record<Language, string>>;
  /** With the names of params in braces. */
  readonly detail: Readonly<Record<Language, string>>;
}

/** What the command itself has to say no to, beside wrong calls. */
const PROBLEMS = {
  connection_missing: {
    title: { en: 'Server or credentials missing', de: 'Server oder Zugangsdaten fehlen' },
    detail: {
      en: 'Say where Muster is (MUSTER_URL or --url) and who asks: an API key or a token in MUSTER_TOKEN, or in a file that MUSTER_TOKEN_FILE or --token-file names.',
      de: 'Sagen Sie, wo Muster ist (MUSTER_URL oder --url), und wer fragt: ein API-Schlüssel oder Token in MUSTER_TOKEN oder in einer Datei, die MUSTER_TOKEN_FILE oder --token-file nennt.',
    },
  },
  unreachable: {
    title: { en: 'Muster does not answer', de: 'Muster antwortet nicht' },
    detail: {
      en: '{reason}. What was sent is kept there; the same command goes on with it.',
      de: '{reason}. Was gesendet wurde, ist dort aufbewahrt; derselbe Befehl macht damit weiter.',
    },
  },
  configuration_not_json: {
    title: { en: 'Configuration cannot be read', de: 'Konfiguration nicht lesbar' },
    detail: { en: '{file} is no JSON object: {reason}', de: '{file} ist kein JSON-Objekt: {reason}' },
  },
  configuration_not_found: {
    title: { en: 'Configuration not found', de: 'Konfiguration nicht gefunden' },
    detail: {
      en: 'The company has no saved configuration "{name}".',
      de: 'Das Unternehmen hat keine gespeicherte Konfiguration „{name}“.',
    },
  },
  part_read_otherwise: {
    title: { en: 'Part is read otherwise', de: 'Teil wird anders gelesen' },
    detail: {
      en: 'Part {part} has {rows} rows, of which the server reads {read}. Name sheet and header row in the source of the configuration.',
      de: 'Teil {part} hat {rows} Zeilen, von denen der Server {read} liest. Nennen Sie Blatt und Kopfzeile in der Quelle der Konfiguration.',
    },
  },
  file_changed: {
    title: { en: 'File was changed', de: 'Datei wurde geändert' },
    detail: {
      en: 'The file was written to while it was being sent. Call the command again once it is complete.',
      de: 'In die Datei wurde geschrieben, während sie gesendet wurde. Rufen Sie den Befehl noch einmal auf, wenn sie vollständig ist.',
    },
  },
  import_ended: {
    title: { en: 'Import ended without success', de: 'Import ohne Erfolg beendet' },
    detail: { en: 'The import {importId} is {state}. {reason}', de: 'Der Import {importId} ist {state}. {reason}' },
  },
} as const satisfies Readonly<Record<string, OwnTexts>>;

type Params = Readonly<Record<string, string | number>>;

/** Has a code, and a sentence in both languages. */
export class OwnProblem extends Error {
  override readonly name = 'OwnProblem';

  constructor(
    readonly code: keyof typeof PROBLEMS,
    readonly params: Params = {},
  ) {
    super(code);
  }

  title(language: Language): string {
    return PROBLEMS[this.code].title[language];
  }

  detail(language: Language): string {
    const text: string = PROBLEMS[this.code].detail[language];
    return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(this.params[name] ?? '')).trim();
  }
}
