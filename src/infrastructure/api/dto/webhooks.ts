import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Form } from '../../validation/fields';
import { inBoth } from '../../phrasing/sentences';

export class WebhookPath {
  @Form({ pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, ...inBoth.api.webhooks.nameTargetTichetWebhooks, example: 'statistics' })
  readonly name!: string;
}

class WebhookStandingShown {
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ enum: ['new', 'active', 'failing', 'disabled'] })
  readonly state!: string;
  @ApiPropertyOptional({ description: 'Everything up to here is done with.' })
  readonly position?: string;
  @ApiPropertyOptional()
  readonly attempts?: number;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly failingSince?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly nextAt?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly disabledAt?: string;
  @ApiPropertyOptional({ description: 'A status, or what happened to the connection.', example: '503' })
  readonly reason?: string;
}
export class WebhooksShown {
  @ApiProperty({ type: [WebhookStandingShown] })
  readonly webhooks!: readonly WebhookStandingShown[];
}
