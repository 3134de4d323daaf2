import { ApiProperty } from '@nestjs/swagger';
import {
  RESTORE_POINT_OCCASIONS,
  type RestorePoint,
  type RestorePointOccasion,
  type RestorePointState,
} from './restore-point.entity.js';

export class RestorePointDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** The file's name for the point of an import; that of the account for the point of a removal or transfer. @example customers.csv */
  name!: string;
  /** Before what it was made. */
  @ApiProperty({ enum: RESTORE_POINT_OCCASIONS })
  occasion!: RestorePointOccasion;
  /** The import it was made for. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6072 */
  importId!: string | null;
  /** The account whose schedule was removed or whose data was transferred. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6074 */
  userId!: string | null;
  /** marking: it is being made; ready: one can go back to it. */
  state!: RestorePointState;
  /** Its import is still writing. */
  open!: boolean;
  /** Who asked for it. @example user:0193d2a1c4f07b6e8a1f2c3d4e5f6073 */
  createdBy!: string;
  createdAt!: Date;
  readyAt!: Date | null;
  closedAt!: Date | null;
}

export function restorePointDto(point: RestorePoint): RestorePointDto {
  const { id, name, occasion, importId, userId, state, createdBy, createdAt, readyAt, closedAt } = point;
  const open = state === 'ready' && importId !== null && closedAt === null;
  return { id, name, occasion, importId, userId, state, open, createdBy, createdAt, readyAt, closedAt };
}
