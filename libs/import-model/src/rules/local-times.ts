const MS_PER_MINUTE = 60_000;

/** From one local time (`yyyy-MM-ddTHH:mm:ss`) to another, as the clock on the wall shows them; negative when `to` is earlier. */
export function minutesBetween(from: string, to: string): number {
  return (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / MS_PER_MINUTE;
}

/** The midnight with which the day of a local time begins. */
export function dayOf(time: string): string {
  return `${time.slice(0, 10)}T00:00:00`;
}
