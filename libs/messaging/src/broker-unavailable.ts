/** What carries events did not answer; the events may or may not have been taken. */
export class BrokerUnavailable extends Error {
  override readonly name = 'BrokerUnavailable';
}
