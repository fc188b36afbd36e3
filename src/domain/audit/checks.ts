import { c01EligibilityRecorded } from './c01-eligibility-recorded';
import { c02GroundWasTrue } from './c02-ground-was-true';
import { c03WithinThirtyDays } from './c03-within-thirty-days';
import { c04FortyEightHours } from './c04-forty-eight-hours';
import { c05VerifiedFirst } from './c05-verified-first';
import { c06CodeHygiene } from './c06-code-hygiene';
import { c07ToldAboutRecording } from './c07-told-about-recording';
import { c08FifteenMinutes } from './c08-fifteen-minutes';
import { c09WorkingTime } from './c09-working-time';
import { c10NoDoubleBooking } from './c10-no-double-booking';
import { c11LinkInTime } from './c11-link-in-time';
import { c12RightPerson } from './c12-right-person';
import { c13Recorded } from './c13-recorded';
import { c14WrittenRecord } from './c14-written-record';
import { c15Order } from './c15-order';
import { c16Immediately } from './c16-immediately';
import { c17RightAddress } from './c17-right-address';
import { c18Delivered } from './c18-delivered';
import { c19ReschedulingDuties } from './c19-rescheduling-duties';
import { c20NothingForgotten } from './c20-nothing-forgotten';
import { c21Untouched } from './c21-untouched';
import type { Check } from './check';

/** C01 to C21, in order. */
export const checks: readonly Check[] = [
  c01EligibilityRecorded,
  c02GroundWasTrue,
  c03WithinThirtyDays,
  c04FortyEightHours,
  c05VerifiedFirst,
  c06CodeHygiene,
  c07ToldAboutRecording,
  c08FifteenMinutes,
  c09WorkingTime,
  c10NoDoubleBooking,
  c11LinkInTime,
  c12RightPerson,
  c13Recorded,
  c14WrittenRecord,
  c15Order,
  c16Immediately,
  c17RightAddress,
  c18Delivered,
  c19ReschedulingDuties,
  c20NothingForgotten,
  c21Untouched,
];
