export const offerPostgres: () => Promise<{ readonly port: number; readonly close: () => Promise<void> }>;
