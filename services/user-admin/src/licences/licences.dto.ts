import { pageOf } from '@muster/platform';

export class LicencesDto {
  /** How many staff accounts may have their own schedule. */
  total!: number;
  /** Staff accounts with their own schedule, deactivated ones too. */
  inUse!: number;
  free!: number;
  /** At least 90 % are in use. */
  near!: boolean;
  /** More are in use than there are: none can be added. */
  over!: boolean;
  /** Deactivated accounts that use a licence; deleting them frees it. */
  deactivatedHolders!: number;
}

export class LicenceHolderDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** @example Rita Rep */
  displayName!: string;
  /** @example rita@example.com */
  email!: string | null;
  /** @example 007 */
  employeeNumber!: string | null;
  /** When the account was changed last, be it by its deactivation. */
  updatedAt!: Date;
}

export class LicenceHolderPage extends pageOf(LicenceHolderDto) {}
