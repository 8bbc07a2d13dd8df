import { useEffect } from 'react';
import { useSetting } from '../parts/use-live.ts';

/** Sets `data-theme` from the device's setting `theme` (`light`, `dark`; else the system decides). */
export function useTheme(): void {
  const theme = useSetting('theme');
  useEffect(() => {
    if (theme === undefined) return;
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
    else delete document.documentElement.dataset['theme'];
  }, [theme]);
}
