/**
 * The settings that say where a server keeps a log. EventStoreDB's client takes several hosts in one address, which is no URL: only the
 * beginning is looked at here, the rest where it is opened.
 */
export const storeAddresses = {
  postgres: { setting: 'TICHET_POSTGRES_URL', form: /^postgres(ql)?:\/\/./, forms: 'postgres://…' },
  eventstoredb: { setting: 'TICHET_EVENTSTOREDB_URL', form: /^esdb(\+discover)?:\/\/./, forms: 'esdb://… / esdb+discover://…' },
} as const;
