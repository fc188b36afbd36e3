import type { Breach } from './breaking';
import { asking, eligible, persons } from './booking-breaches';
import { changes, hours, online, origins, resolution } from './meeting-breaches';

/** Every sentence of the act and every reading, broken in every way that the facts allow. */
export const breaches: readonly Breach[] = [...persons, ...eligible, ...asking, ...hours, ...online, ...resolution, ...changes, ...origins];
