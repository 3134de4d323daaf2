import type { Language } from '@muster/contracts';
import type { ImportMode } from '../schema/field-schema.js';
import type { GuardSettings } from '../planning/guard.js';
import type { EmptyCell } from '../planning/row-plan.js';

/** 0 overwrite, 1 keep, 2 key. */
export type UpdateBehavior = 0 | 1 | 2;

export interface MappingEntry {
  /** Header text of the column, or `#3` for the third; a mapping has either this or `constant`. */
  readonly SourceFieldID?: string;
  readonly constant?: string;
  readonly TargetFieldID: string;
  readonly UpdateBehavior: UpdateBehavior;
  readonly emptyCell: EmptyCell;
  readonly valueMap?: Readonly<Record<string, string>>;
  readonly trim: boolean;
}

export interface UserMapping {
  readonly by: 'email' | 'employeeNumber';
  readonly SourceFieldID?: string;
  readonly constant?: string;
  /** Values of the rep column; only these reps are imported. */
  readonly include?: readonly string[];
  /** Values of the rep column whose rows are left out. */
  readonly exclude?: readonly string[];
}

export interface SourceOptions {
  readonly format?: 'csv' | 'xlsx' | 'ods';
  readonly sheet?: string;
  readonly headerRow?: number;
  readonly firstDataRow?: number;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly quote?: string;
  readonly language?: Language;
  readonly dateFormat?: string;
  readonly decimalSeparator?: ',' | '.';
}

/** When a run begins to write. */
export const START_TIMES = ['now', 'nightWindow'] as const;
export type StartAt = (typeof START_TIMES)[number];

export interface ImportOptions {
  readonly errorPolicy: 'validOnly' | 'allOrNothing';
  /** More invalid and failed rows than this stop the import: a number, or a share of the rows of the file (`5 %`). */
  readonly maxErrors?: number | string;
  readonly unknownReps: 'refuse' | 'ignore';
  readonly validateOnly: boolean;
  /** What becomes of a record that another rep has, where its key is missing at the rep of the row. Preset: none. */
  readonly transferMode?: 'none' | 'copy' | 'move';
  /** Reports of calls set the last call of their customers, where it is later than the one known. Preset: no. */
  readonly updateLastCalls?: boolean;
  /** Accounts may lose their own schedule, and so their records. Preset: no. */
  readonly allowScheduleRemoval?: boolean;
  /** Groups that there are not: the row is invalid, or they are made. Preset: refuse. */
  readonly unknownGroups?: 'refuse' | 'create';
  /** Preset: now. `nightWindow` is the company's. */
  readonly startAt?: StartAt;
  /** How much a run may take away unless somebody approves, where the company lets pass more. Preset: the company's. */
  readonly guard?: GuardSettings;
  /** Whoever is created is sent the access link. Preset: no. */
  readonly notify?: boolean;
}

/** A configuration document (`*.importcfg`) that was checked, with every preset filled in. It is JSON again. */
export interface ImportConfiguration {
  readonly formatVersion: 1;
  readonly entity: string;
  readonly mode: ImportMode;
  readonly source?: SourceOptions;
  readonly mappings: readonly MappingEntry[];
  /** Whose records the rows are; absent where they are the company's. */
  readonly userMapping?: UserMapping;
  readonly options: ImportOptions;
}

/** One faulty place of a configuration; `code` is one of the catalogue of problems or of request validation. */
export interface ConfigurationFault {
  readonly code:
    | 'unknown_property'
    | 'unknown_entity'
    | 'unknown_target'
    | 'unknown_column'
    | 'ambiguous_column'
    | 'duplicate_target'
    | 'read_only_target'
    | 'unusable_key'
    | 'key_missing'
    | 'too_many_keys'
    | 'user_mapping_missing'
    | 'option_of_other_entity'
    | ValueFaultCode;
  /** JSON pointer into the document. */
  readonly pointer: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What can be wrong with a single value, by the codes of request validation. */
export type ValueFaultCode =
  | 'required'
  | 'wrong_type'
  | 'not_allowed'
  | 'too_short'
  | 'too_long'
  | 'too_small'
  | 'too_large'
  | 'too_few'
  | 'too_many'
  | 'invalid_format'
  | 'invalid_value';

export type ConfigurationResult =
  | { readonly ok: true; readonly configuration: ImportConfiguration }
  | { readonly ok: false; readonly faults: readonly ConfigurationFault[] };
