import { MinCharacters, Text } from '@muster/platform';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password-faults.js';

export class ChangePasswordBody {
  @Text(1_000)
  currentPassword!: string;

  /** 12 to 128 characters of any kind; not one that many use, and not made of names that others know. */
  @Text(LONGEST_PASSWORD)
  @MinCharacters(SHORTEST_PASSWORD)
  newPassword!: string;
}
