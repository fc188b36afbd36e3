import { person } from './article-1-person';
import { request } from './article-2-request';
import { asking } from './article-3-asking';
import { hours } from './article-4-hours';
import { online } from './article-5-online';
import { duration } from './article-6-duration';
import { resolution } from './article-7-resolution';
import { changes } from './article-8-changes';
import type { Breach } from './breaking';
import { chain } from './order-4-chain';

/** Every sentence of the act and every reading, broken in every way that the facts allow. */
export const breaches: readonly Breach[] = [
  ...person,
  ...request,
  ...asking,
  ...hours,
  ...online,
  ...duration,
  ...resolution,
  ...changes,
  ...chain,
];
