import type { components } from '../../../../openapi/client.js';

type Schemas = components['schemas'];

export type Import = Schemas['ImportDto'];
export type ImportPage = Schemas['ImportPage'];
export type ImportParts = Schemas['ImportPartsDto'];
export type ImportPart = Schemas['ImportPartDto'];
export type ImportRow = Schemas['ImportRowDto'];
export type ImportRowPage = Schemas['ImportRowPage'];
export type SavedConfiguration = Schemas['SavedConfigurationDto'];
export type SavedConfigurationPage = Schemas['SavedConfigurationPage'];
export type Company = Schemas['CompanyDto'];
