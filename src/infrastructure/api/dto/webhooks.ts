import { Form } from '../../validation/fields';
import { inBoth } from '../../phrasing/sentences';

export class WebhookPath {
  @Form({
    pattern: /^(?:[a-z0-9][a-z0-9-]{0,39}|subscription\/.{1,100})$/,
    words: inBoth.api.webhooks.nameTargetTichetWebhooks,
    example: 'statistics',
  })
  readonly name!: string;
}
