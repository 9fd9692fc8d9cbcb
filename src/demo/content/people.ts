/** Invented people at invented companies; `.example` is reserved for that (RFC 2606). */

/** Staff of the demo. The first one is whom you sign in as. */
export const demoStaff = [
  { name: 'Mira Okafor', email: 'mira@northwind-demo.example' },
  { name: 'Jonas Lindqvist', email: 'jonas@northwind-demo.example' },
  { name: 'Priya Raman', email: 'priya@northwind-demo.example' },
  { name: 'Sam Whitfield', email: 'sam@northwind-demo.example' },
] as const

export type Person = { name: string; email: string; subject: string }

const companies: Record<string, string[]> = {
  'fjordline.example': ['Ana Lindqvist', 'Erik Solheim', 'Ingrid Moen', 'Tuva Bakke'],
  'halden-cargo.example': ['Marek Nowak', 'Zofia Wiśniewska', 'Piotr Zieliński'],
  'brightloaf.example': ['Chloe Martin', 'Hugo Bernard', 'Inès Fournier'],
  'kestrel-systems.example': ['Daniel Osei', 'Abena Mensah', 'Kwame Boateng', 'Ruth Addo'],
  'orchard-health.example': ['Grace Kim', 'Min-jun Park'],
  'tidewater.example': ['Oliver Grant', 'Amelia Ross', 'Noah Fletcher'],
  'casa-verde.example': ['Lucía Ortega', 'Mateo Vargas', 'Valentina Ruiz'],
  'stellwerk.example': ['Lena Hofmann', 'Jürgen Pohl', 'Katrin Albers', 'Timo Brandt'],
  'sakura-tools.example': ['Haruka Tanaka', 'Kenji Mori'],
  'bluecurrant.example': ['Aisha Rahman', 'Imran Chowdhury'],
  'polder-parts.example': ['Sanne de Vries', 'Bram Jansen', 'Lotte Visser'],
  'meridian-labs.example': ['Rajesh Iyer', 'Ananya Gupta', 'Vikram Shetty'],
  'lumen-studio.example': ['Sofia Rossi', 'Marco Conti'],
  'greystone.example': ['Ciara Byrne', 'Declan Walsh'],
}

/** Above each other's shoulders: the first of a company writes most. */
export const people: Person[] = Object.entries(companies).flatMap(([domain, names], company) =>
  names.map((name, index) => ({
    name,
    email: `${plain(name)}@${domain}`,
    subject: `usr_${(0x5a31c7 + company * 7919 + index * 104_729).toString(36)}`,
  })),
)

export const companyNames = Object.keys(companies).map((domain) => {
  const words = domain.split('.')[0]?.split('-') ?? []
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' ')
})

export const firstNames = people.map(({ name }) => name.split(' ')[0] ?? name)

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace('ø', 'o')
    .replace('ł', 'l')
    .normalize('NFKD')
    .replace(/[^a-z ]/g, '')
    .split(' ')
    .join('.')
}
