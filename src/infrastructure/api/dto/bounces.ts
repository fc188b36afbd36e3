import { OneOf, Text } from '../../validation/fields';

const actions = ['failed', 'delayed'] as const;

/** What a provider tells of one of our letters; a small script at the provider's side puts its own words into these. */
export class BounceBody {
  @Text({
    max: 400,
    example: '01890a5d-ac96-774b-bcce-b302099a8057@primaria.example',
    description: 'The Message-ID of the letter, or the id before its @.',
  })
  readonly messageId!: string;
  @Text({ max: 320, example: 'andrei@exemplu.ro', description: 'The address to which it did not get.' })
  readonly recipient!: string;
  @OneOf(actions, { description: '`delayed` changes nothing.' })
  readonly action!: (typeof actions)[number];
}
