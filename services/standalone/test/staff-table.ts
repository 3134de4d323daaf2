import { csv } from './tables.js';

/** What a company has of before its accounts were no longer imported. */
export interface Before {
  readonly uploadId: string;
  readonly importId: string;
  readonly massChangeId: string;
  readonly configurationId: string;
}

export interface StaffRequest {
  readonly path?: (before: Before) => string;
  readonly query?: string;
  readonly body?: (before: Before) => object | FormData;
}

const FILE = csv([['email', 'firstName', 'lastName'], ['new@example.com', 'New', 'One']]); // prettier-ignore

export const USERS_CONFIGURATION = {
  ...{ formatVersion: 1, entity: 'user', mode: 'upsert' },
  mappings: ['email', 'firstName', 'lastName'].map((id) => ({ SourceFieldID: id, TargetFieldID: id })),
};

/** @param configurationField undefined: the file alone */
export function usersForm(configurationField?: string): FormData {
  const form = new FormData();
  if (configurationField !== undefined) form.set(configurationField, JSON.stringify(USERS_CONFIGURATION));
  form.set('file', new Blob([FILE]), 'users.csv');
  return form;
}

export const MASS_CHANGE = { filter: { kind: 'staff' }, changes: { note: 'x' } };
const SAVED = { name: 'Users', configuration: USERS_CONFIGURATION };

const ofImport = (command: string): StaffRequest => ({ path: ({ importId }) => `/v1/imports/${importId}/${command}` });
const ofMassChange = (command: string): StaffRequest => ({
  path: ({ massChangeId }) => `/v1/users/bulk/${massChangeId}/${command}`,
});

/** What is refused to a company with a host system or one licence: 403 `user_import_not_available`, with the reason. */
export const REFUSED: Readonly<Record<string, StaffRequest>> = {
  exportUsers: { query: '?format=csv' },
  dropInExportUsers: {},
  dropInUsers: { body: () => usersForm('importConfig') },
  startMassChange: { body: () => MASS_CHANGE },
  runMassChange: ofMassChange('run'),
  approveMassChange: ofMassChange('approve'),
  startImport: { body: ({ uploadId }) => ({ uploadId, configuration: USERS_CONFIGURATION }) },
  changeImport: {
    path: ({ importId }) => `/v1/imports/${importId}`,
    body: () => ({ configuration: USERS_CONFIGURATION }),
  },
  planImport: ofImport('plan'),
  runImport: ofImport('run'),
  approveImport: ofImport('approve'),
  resumeImport: ofImport('resume'),
  suggestMapping: {
    path: ({ uploadId }) => `/v1/uploads/${uploadId}/mapping-suggestion`,
    body: () => ({ entity: 'user' }),
  },
  getImportSchema: { path: () => '/v1/import-schema/user' },
  getConfigurationTemplate: { path: () => '/v1/import-schema/user/configuration-template' },
  createImportConfiguration: { body: () => SAVED },
  replaceImportConfiguration: {
    path: ({ configurationId }) => `/v1/import-configurations/${configurationId}`,
    body: () => SAVED,
  },
};

const BY_HAND = 'single accounts, which the host’s connector keeps in step by the same operations';
const READS = 'reads what there is';
const OF_RECORDS = 'imports of records stay';
const BEFORE_WRITING = 'reads a file; what it is read for is refused';
const ENDS = 'ends or leaves out what was begun';

/** What stays, and why. */
export const STAYS: Readonly<Record<string, string>> = {
  ...{
    createUser: BY_HAND,
    changeUser: BY_HAND,
    activateUser: BY_HAND,
    deactivateUser: BY_HAND,
    transferUser: BY_HAND,
  },
  ...{ createUserGroup: BY_HAND, changeUserGroup: BY_HAND, deleteUserGroup: BY_HAND, sendAccessLinks: BY_HAND },
  ...{ listUsers: READS, getUser: READS, getLicences: READS, listDeactivatedLicenceHolders: READS, getSendJob: READS },
  ...{ listSendResults: READS, listUserGroups: READS, getUserGroup: READS, getTransfer: READS, listKeptRecords: READS },
  ...{ listMassChanges: READS, getMassChange: READS, listMassChangeRows: READS, listImports: READS, getImport: READS },
  ...{ exportImports: READS },
  ...{ getAssignment: READS, watchImport: READS, listImportReps: READS, downloadImportResults: READS },
  ...{ listImportRows: READS, listImportParts: READS, getUpload: READS, previewUpload: READS, downloadUpload: READS },
  ...{ downloadImportPlan: READS, listImportAbsentees: READS, listUsedConfigurations: READS },
  ...{ listImportConfigurations: READS, getImportConfiguration: READS, listConfigurationVersions: READS },
  ...{ downloadImportConfiguration: READS, getConfigurationSchema: READS },
  ...{
    dropInCustomers: OF_RECORDS,
    dropInAppointments: OF_RECORDS,
    dropInTasks: OF_RECORDS,
    dropInReports: OF_RECORDS,
  },
  ...{ runImportRep: OF_RECORDS, skipImportRep: OF_RECORDS, changeAssignment: OF_RECORDS },
  ...{ createUpload: BEFORE_WRITING, stageImport: BEFORE_WRITING, putImportPart: BEFORE_WRITING },
  ...{ closeImportParts: BEFORE_WRITING, removeImportPart: BEFORE_WRITING },
  ...{ abortImport: ENDS, cancelImport: ENDS, cancelMassChange: ENDS, deleteImportConfiguration: ENDS },
};
