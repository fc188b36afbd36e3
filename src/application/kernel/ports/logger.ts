/** Operational log lines: an event name and allow-listed values, never personal data, never free text of a user. */
export type Logger = {
  info(event: string, values?: LogValues): void;
  warn(event: string, values?: LogValues): void;
  error(event: string, values?: LogValues): void;
};
export type LogValues = Readonly<Record<string, string | number | boolean | undefined>>;
