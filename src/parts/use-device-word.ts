import { useMedia } from '../ui/use-media.ts';

/** What people call the thing in front of them. */
export function useDeviceWord(): 'phone' | 'computer' {
  return useMedia('(pointer: coarse)') ? 'phone' : 'computer';
}
