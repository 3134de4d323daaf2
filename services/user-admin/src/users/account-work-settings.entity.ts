import { Column } from 'typeorm';
import { AccountProfile } from './account-profile.entity.js';
import type { WorkBreakMode } from './account-fields.js';

/**
 * What the company sets for all and an account may set for itself; null: the company's holds. Part of {@link UserAccount}.
 * Times are `HH:mm`; a day off has `closed` in both.
 */
export abstract class AccountWorkSettings extends AccountProfile {
  @Column('text', { name: 'working_hours_mon_from', nullable: true })
  workingHoursMonFrom!: string | null;

  @Column('text', { name: 'working_hours_mon_to', nullable: true })
  workingHoursMonTo!: string | null;

  @Column('text', { name: 'working_hours_tue_from', nullable: true })
  workingHoursTueFrom!: string | null;

  @Column('text', { name: 'working_hours_tue_to', nullable: true })
  workingHoursTueTo!: string | null;

  @Column('text', { name: 'working_hours_wed_from', nullable: true })
  workingHoursWedFrom!: string | null;

  @Column('text', { name: 'working_hours_wed_to', nullable: true })
  workingHoursWedTo!: string | null;

  @Column('text', { name: 'working_hours_thu_from', nullable: true })
  workingHoursThuFrom!: string | null;

  @Column('text', { name: 'working_hours_thu_to', nullable: true })
  workingHoursThuTo!: string | null;

  @Column('text', { name: 'working_hours_fri_from', nullable: true })
  workingHoursFriFrom!: string | null;

  @Column('text', { name: 'working_hours_fri_to', nullable: true })
  workingHoursFriTo!: string | null;

  @Column('text', { name: 'working_hours_sat_from', nullable: true })
  workingHoursSatFrom!: string | null;

  @Column('text', { name: 'working_hours_sat_to', nullable: true })
  workingHoursSatTo!: string | null;

  @Column('text', { name: 'working_hours_sun_from', nullable: true })
  workingHoursSunFrom!: string | null;

  @Column('text', { name: 'working_hours_sun_to', nullable: true })
  workingHoursSunTo!: string | null;

  @Column('text', { name: 'work_break_mode', nullable: true })
  workBreakMode!: WorkBreakMode | null;

  @Column('text', { name: 'work_break_from', nullable: true })
  workBreakFrom!: string | null;

  @Column('text', { name: 'work_break_to', nullable: true })
  workBreakTo!: string | null;

  @Column('smallint', { name: 'work_break_minutes', nullable: true })
  workBreakMinutes!: number | null;

  /** Days of a tour with nights away from home at most; 0: none. */
  @Column('smallint', { name: 'overnight_days', nullable: true })
  overnightDays!: number | null;

  /** Kilometres from home from which a night away is worth it. */
  @Column('smallint', { name: 'overnight_min_distance', nullable: true })
  overnightMinDistance!: number | null;

  /** Minutes from home from which a night away is worth it. */
  @Column('smallint', { name: 'overnight_min_minutes', nullable: true })
  overnightMinMinutes!: number | null;

  /** Minutes of travel of a day at most. */
  @Column('smallint', { name: 'overnight_max_travel_minutes', nullable: true })
  overnightMaxTravelMinutes!: number | null;

  /** Deviation from the usual speed in per cent. */
  @Column('smallint', { name: 'driving_speed_city', nullable: true })
  drivingSpeedCity!: number | null;

  @Column('smallint', { name: 'driving_speed_country', nullable: true })
  drivingSpeedCountry!: number | null;

  @Column('smallint', { name: 'driving_speed_highway', nullable: true })
  drivingSpeedHighway!: number | null;

  /** Days. */
  @Column('smallint', { name: 'default_call_interval', nullable: true })
  defaultCallInterval!: number | null;

  /** Minutes. */
  @Column('smallint', { name: 'default_call_duration', nullable: true })
  defaultCallDuration!: number | null;

  @Column('text', { name: 'default_business_hours', nullable: true })
  defaultBusinessHours!: string | null;
}
