import { Form } from '../../validation/fields';

export class WebhookPath {
  @Form({
    pattern: /^[a-z0-9][a-z0-9-]{0,39}$/,
    ro: 'Numele unei ținte din TICHET_WEBHOOKS_FILE.',
    en: 'The name of a target of TICHET_WEBHOOKS_FILE.',
    example: 'statistics',
  })
  readonly name!: string;
}
