import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { problemCatalogue } from '../../phrasing/problems/catalogue';

class FieldShown {
  @ApiProperty()
  readonly field!: string;
  @ApiProperty()
  readonly message!: string;
}

/** Everything that is no success: `application/problem+json`. Refusals add their own fields, as `earliest`, `triesLeft`, `alternatives`. */
export class ProblemShown {
  @ApiProperty({ example: 'urn:tichet-albastru:problem:slot-taken' })
  readonly type!: string;
  @ApiProperty({ enum: Object.keys(problemCatalogue) })
  readonly code!: string;
  @ApiProperty()
  readonly title!: string;
  @ApiProperty()
  readonly status!: number;
  @ApiProperty({ description: 'Romanian or English, by Accept-Language.' })
  readonly detail!: string;
  @ApiPropertyOptional({ description: 'Of the Annex, where the procedure is the reason.', example: '3 e' })
  readonly article?: string;
  @ApiPropertyOptional({ type: [FieldShown] })
  readonly errors?: readonly FieldShown[];
}
