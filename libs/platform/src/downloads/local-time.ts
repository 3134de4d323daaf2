/** Tells the time of a zone as `yyyy-MM-ddTHH:mm:ss`. One for many moments: making it is what takes time. */
export function localTimeOf(timeZone: string): (moment: Date) => string {
  // The date and time of Swedish are those of ISO 8601, with a blank between.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (moment) => format.format(moment).replace(' ', 'T');
}
