/**
 * Months between a birth date and the statutory retirement age that applies to it (国务院关于渐进式延迟法定退休年龄的办法, 2024:
 * from January 2025 men from 60 and women from 55 retire a month later for every four months of birth, women from 50 for every
 * two, to 63, 58 and 55 years).
 * @param birth as y * 10000 + m * 100 + d
 */
export function retirementMonths(birth: number, track: 60 | 55 | 50): number {
  const months = Math.floor(birth / 10_000) * 12 + (Math.floor(birth / 100) % 100) - 1;
  const first = (2025 - track) * 12;
  if (months < first) return track * 12;
  const step = track === 50 ? 2 : 4;
  const most = track === 50 ? 60 : 36;
  return track * 12 + Math.min(most, Math.floor((months - first) / step) + 1);
}
