import { z } from 'zod';
import { baseConfigShape, readConfig, type BaseConfig } from '@muster/platform';

export interface ImportConfig extends BaseConfig {
  /** Folder that keeps uploaded files; every replica must see the same one. */
  readonly filesFolder: string;
}

/** The environment of the import service. @throws when a variable is missing or wrong, naming each */
export function importConfig(): ImportConfig {
  return readConfig({ ...baseConfigShape, filesFolder: z.string().min(1) }, process.env);
}
