/** Operational log lines: an event name and allow-listed values, never personal data, never free text of a user. */
export type Journal = {
  info(event: string, values?: JournalValues): void;
  warn(event: string, values?: JournalValues): void;
  error(event: string, values?: JournalValues): void;
};
export type JournalValues = Readonly<Record<string, string | number | boolean | undefined>>;
