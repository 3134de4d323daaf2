import { durationText } from '../values/date-serial.js';

const DURATION = /^(-)?P(?:(\d{1,12})D)?(?:T(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12}(?:[.,]\d*)?)S)?)?$/;

/** A duration such as `PT12H30M00S` as `HH:mm:ss`, rounded to the second; hours may exceed 23. */
export function timeValue(value: string): string | undefined {
  const parts = DURATION.exec(value);
  if (!parts || /[PT]$/.test(value)) return undefined;
  const [days, hours, minutes, seconds] = [2, 3, 4, 5].map((at) => Number(parts[at]?.replace(',', '.') ?? 0)) as Four;
  const total = days * 86_400 + hours * 3600 + minutes * 60 + seconds;
  return durationText(parts[1] === undefined ? total : -total);
}

type Four = [number, number, number, number];
