const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android phone'],
  [/CrOS/, 'Chromebook'],
  [/Windows/, 'Windows computer'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux computer'],
];

/** What coordinators read in the list of devices; only the kind of device, which people can tell apart by its person. */
export function deviceName(agent: string = navigator.userAgent, fingers = navigator.maxTouchPoints): string {
  // an iPad calls itself a Mac, and no Mac has a touch screen
  if (agent.includes('Macintosh') && fingers > 1) return 'iPad';
  return systems.find(([form]) => form.test(agent))?.[1] ?? 'Device';
}
