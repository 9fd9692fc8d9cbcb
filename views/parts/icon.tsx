/** Strokes on a 16 × 16 grid. */
const strokes = {
  inbox: ['M2.5 9 4.3 3.5h7.4L13.5 9v3.5h-11z', 'M2.5 9h3.2l.9 1.8h2.8l.9-1.8h3.2'],
  search: ['M11.2 7a4.2 4.2 0 1 1-8.4 0 4.2 4.2 0 0 1 8.4 0z', 'm10.2 10.2 3.3 3.3'],
  more: ['M3.5 8h.01', 'M8 8h.01', 'M12.5 8h.01'],
  plus: ['M8 3.5v9', 'M3.5 8h9'],
  cross: ['m4.5 4.5 7 7', 'm11.5 4.5-7 7'],
  back: ['M13 8H3', 'm7 4-4 4 4 4'],
  newer: ['m10 4-4 4 4 4'],
  older: ['m6 4 4 4-4 4'],
  mail: ['M2.5 4h11v8.5h-11z', 'm2.8 4.4 5.2 4.2 5.2-4.2'],
  leave: ['M6.5 2.5h-4v11h4', 'M6 8h7.5', 'm10.7 5.2 2.8 2.8-2.8 2.8'],
  servers: ['M2.5 3h11v4h-11z', 'M2.5 9h11v4h-11z', 'M5 5h.01', 'M5 11h.01'],
  members: [
    'M8.4 5a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0z',
    'M1.8 13c0-2.6 1.8-4.2 4.2-4.2s4.2 1.6 4.2 4.2',
    'M10.6 2.9a2.2 2.2 0 0 1 0 4.2',
    'M11.8 9.2c1.5.5 2.4 1.9 2.4 3.8',
  ],
  switch: ['M3 5.5h9.5', 'm10 3 2.5 2.5L10 8', 'M13 10.5H3.5', 'm6 8-2.5 2.5L6 13'],
  browser: ['M2 3h12v10H2z', 'M2 6h12', 'M4 4.5h.01'],
  arrived: ['M4.5 11.5 11 5', 'M5.5 4.8H11v5.5'],
} as const

export function Icon({ name }: { name: keyof typeof strokes }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      {strokes[name].map((d) => (
        <path d={d} />
      ))}
    </svg>
  )
}
