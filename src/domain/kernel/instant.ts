/** An instant in UTC, always written as `YYYY-MM-DDTHH:mm:ss.sssZ`: two of them compare as strings. */
export type Instant = string;

/** A civil date in Europe/Bucharest, `YYYY-MM-DD`. */
export type CivilDate = string;
