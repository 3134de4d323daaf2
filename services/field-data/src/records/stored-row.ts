import type { StoredRecord } from '@muster/import-model';

/** A record as statements answer it: the fields that were asked for by their ids, and its version. */
export type StoredRow = StoredRecord & { readonly version: number; readonly binned: boolean };
