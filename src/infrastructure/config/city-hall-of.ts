import type { CityHall } from '../../application/kernel/ports/city-hall';
import { defined } from '../../domain/kernel/defined';
import type { Settings } from './settings';

/** What the settings say of the city hall itself. */
export const cityHallOf = ({ publicUrl, meetingPlace, meetingInstructions }: Settings): CityHall => ({
  publicUrl,
  meetingPlace,
  ...defined({ meetingInstructions }),
});
