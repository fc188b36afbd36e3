import type { Booking, FormerPlace } from './facts';

/** The booking alone, out of whatever says it again. */
export const bookingOf = ({ request, staffId, department, departmentCode, mode, slot, holdId }: Booking): Booking => ({
  request: { number: request.number, filedOn: request.filedOn },
  staffId,
  department,
  departmentCode,
  mode,
  slot: { startsAt: slot.startsAt, endsAt: slot.endsAt },
  holdId,
});

/** The place that a rescheduling or reassigning leaves. */
export const formerPlaceOf = ({ staffId, departmentCode, slot, holdId }: Booking): FormerPlace => ({
  staffId,
  departmentCode,
  slot,
  holdId,
});
