/** One target as the installation has set it up, checked. */
export type WebhookSettings = {
  readonly name: string;
  readonly url: string;
  /** `whsec_…`; while one replaces the other both sign */
  readonly secrets: readonly string[];
  /** `ticket.Scheduled`, `ticket.*` or `*` */
  readonly events: readonly string[];
  /** in our own network: http and private addresses are allowed, for this target only */
  readonly private: boolean;
  readonly fromBeginning: boolean;
};
