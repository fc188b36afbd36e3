/** Durations in tables are told to the hundredth. */
export const hundredths = (value: number): number => Math.round(value * 100) / 100;
