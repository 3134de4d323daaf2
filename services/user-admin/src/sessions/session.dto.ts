import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '@muster/platform';
import { SESSION_METHODS, type Session, type SessionMethod } from './session.entity.js';

export class SessionDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** Whether it is the one that asks. */
  current!: boolean;
  /** How the person signed in. */
  @ApiProperty({ enum: SESSION_METHODS })
  method!: SessionMethod;
  /** What the program says of itself; null: nothing. */
  @ApiProperty({ type: String, nullable: true, example: 'Mozilla/5.0 (X11; Linux x86_64)' })
  userAgent!: string | null;
  /** From where it was used last. */
  @ApiProperty({ type: String, nullable: true, example: '192.0.2.7' })
  address!: string | null;
  createdAt!: Date;
  lastUsedAt!: Date;
  /** It ends then, however much it is used. */
  expiresAt!: Date;
}

export class SessionPage extends pageOf(SessionDto) {}

export function sessionDto(session: Session, current: string | undefined): SessionDto {
  const { id, method, userAgent, address, createdAt, lastUsedAt, expiresAt } = session;
  return { id, current: id === current, method, userAgent, address, createdAt, lastUsedAt, expiresAt };
}
