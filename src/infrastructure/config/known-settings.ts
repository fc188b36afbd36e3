/** Settings of this version, in the order in which they are explained. */
export const settingNames = [
  'TICHET_DATA_DIR',
  'TICHET_TRUSTED_PROXY',
  'TICHET_PUBLIC_URL',
  'TICHET_EVENT_STORE',
  'TICHET_READ_MODELS',
  'TICHET_POSTGRES_URL',
  'TICHET_EVENTSTOREDB_URL',
  'TICHET_EVENTSTOREDB_PREFIX',
  'TICHET_SMTP_URL',
  'TICHET_MAIL_FROM',
  'TICHET_BOUNCE_ADDRESS',
  'TICHET_BOUNCE_IMAP_URL',
  'TICHET_BOUNCE_WEBHOOK_SECRET_FILE',
  'TICHET_VIDEO',
  'TICHET_WEBEX_CLIENT_ID',
  'TICHET_WEBEX_CLIENT_SECRET_FILE',
  'TICHET_WEBEX_REFRESH_TOKEN_FILE',
  'TICHET_WEBEX_HOST_EMAIL',
  'TICHET_WEBEX_AUTO_RECORD',
  'TICHET_WEBEX_WEBHOOK_SECRET_FILE',
  'TICHET_WEBEX_BASE_URL',
  'TICHET_REGISTRY',
  'TICHET_CALENDAR_HOSTS',
  'TICHET_CALENDAR_NETWORKS',
  'TICHET_REGISTRY_URL',
  'TICHET_REGISTRY_TOKEN_FILE',
  'TICHET_REGISTRY_FRESH_MINUTES',
  'TICHET_REGISTRY_POLL_MINUTES',
  'TICHET_MASTER_KEY_FILE',
  'TICHET_POLICIES_FILE',
  'TICHET_RETENTION_FILE',
  'TICHET_MEETING_PLACE',
  'TICHET_MEETING_INSTRUCTIONS',
  'TICHET_WEBHOOKS_FILE',
  'TICHET_WITNESS_FOLDER',
  'TICHET_WITNESSES_FILE',
  'TICHET_TIMESTAMP_URL',
  'TICHET_TIMESTAMP_CA_FILE',
  'TICHET_TIMESTAMP_HOURS',
  'TICHET_CHECKPOINT_MAIL_TO',
  'TICHET_OIDC_ISSUER',
  'TICHET_OIDC_AUDIENCE',
  'TICHET_OIDC_TOKEN_TYPE',
  'TICHET_OIDC_CLIENT_ID',
  'TICHET_OIDC_CLIENT_SECRET_FILE',
  'TICHET_OIDC_SCOPE',
  'TICHET_OIDC_ROLES_CLAIM',
  'TICHET_OIDC_ROLES',
  'TICHET_OIDC_STAFF_CLAIM',
  'TICHET_OIDC_LOCAL_TOKENS',
  'TICHET_LOG_LEVEL',
  'TICHET_DEVELOPMENT',
] as const;

/** Insertions, deletions and substitutions between two names. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The setting that was probably meant. */
export const nearestSetting = (name: string): string | undefined => {
  const [nearest] = settingNames
    .map((known) => ({ known, away: distance(name, known) }))
    .filter(({ away }) => away <= 4)
    .sort((a, b) => a.away - b.away);
  return nearest?.known;
};
