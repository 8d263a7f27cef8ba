// Sorting, filtering and searching the tables of a night. The page can be read without it: the first rows of each table stand
// in the page, the others in further pages. All rows of a table are in its island of JSON; every text
// of it becomes a text node, never markup. What is chosen stands in the address after '#', so that a view can be kept and sent.
'use strict';
(() => {
    const STEP = 100;  // rows that are drawn at a time
    const count = new Intl.NumberFormat(document.documentElement.lang);
    const collator = new Intl.Collator(document.documentElement.lang, {numeric: true});
    const grids = [];
    const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const chosen = () => new URLSearchParams(location.hash.includes('=') ? location.hash.slice(1) : '');
    const textOf = cell => typeof cell === 'string' ? cell : cell[0];

    function add(parent, name, attributes = {}, ...children) {
        const node = document.createElement(name);
        for (const [key, value] of Object.entries(attributes))
            if (value !== '')
                node.setAttribute(key, value);
        node.append(...children);
        parent.append(node);
        return node;
    }

    // One piece of a cell: [text, class, link]. Links are the program's own, https or within the folder; rows of further pages are
    // in this page's tables.
    function piece(parent, name, [text, style, link]) {
        const node = link ? add(parent, 'a', {href: link.replace(/^[a-z]+-\d+\.html(?=#)/, ''), class: style, rel: link.startsWith('https:') ? 'noreferrer noopener' : ''}, text)
                          : style || name === 'span' ? add(parent, name, {class: style}, text) : parent.append(text);
        return node;
    }

    function drawCell(row, grid, cell, at) {
        const style = grid.columns[at][1];
        const node = add(row, at === grid.header ? 'th' : 'td', {class: style, scope: at === grid.header ? 'row' : ''});
        if (typeof cell === 'string') {
            node.append(cell);
            return;
        }
        if (cell[0] !== '')
            piece(node, 'span', cell);
        for (const note of cell[3] || [])
            piece(node, 'span', note);
    }

    class Grid {
        constructor(island) {
            Object.assign(this, JSON.parse(island.textContent));
            this.table = document.getElementById(island.dataset.grid);
            this.name = island.dataset.grid.replace(/-table$/, '');
            this.body = this.table.tBodies[0];
            this.view = this.rows;
            this.state = {q: '', sort: '', facets: this.facets.map(() => '')};
            this.buildForm();
            this.buildHeads();
            this.table.classList.add('scripted');
            this.read();
        }

        option(select, value, text) {
            add(select, 'option', {value}, text).value = value;
        }

        labelled(text, control) {
            add(this.form, 'label', {}, add(this.form, 'span', {}, text), control);
            return control;
        }

        buildForm() {
            this.form = document.createElement('form');
            this.form.id = `${this.name}-form`;
            this.form.className = 'filters';
            this.form.setAttribute('role', 'search');
            this.form.setAttribute('aria-label', this.words.form);
            this.search = this.labelled(this.words.search, Object.assign(document.createElement('input'), {type: 'search', name: 'q'}));
            this.selects = this.facets.map((label, at) => {
                const select = this.labelled(label, Object.assign(document.createElement('select'), {name: label}));
                const counts = new Map();
                for (const row of this.rows)
                    counts.set(row[3][at], (counts.get(row[3][at]) || 0) + 1);
                this.option(select, '', this.words.all);
                for (const value of [...counts.keys()].filter(value => value !== '').sort(collator.compare))
                    this.option(select, value, `${value} (${count.format(counts.get(value))})`);
                return select;
            });
            this.order = this.labelled(this.words.sort, Object.assign(document.createElement('select'), {name: 'sort', className: 'order'}));
            this.order.parentNode.className = 'narrow';
            this.option(this.order, '', this.words.ranked);
            this.columns.forEach(([label], at) => {
                this.option(this.order, `${at}`, `${label} \u2191`);
                this.option(this.order, `-${at}`, `${label} \u2193`);
            });
            this.clear = add(this.form, 'button', {type: 'button'}, this.words.clear);
            this.status = add(this.form, 'p', {role: 'status', class: 'soft'});
            this.table.before(this.form);
            this.more = document.createElement('button');
            this.more.type = 'button';
            this.more.className = 'more';
            this.table.after(this.more);
            for (const link of document.querySelectorAll(`[data-further="${this.table.id}"]`))
                link.hidden = true;
            this.listen();
        }

        listen() {
            this.form.addEventListener('submit', event => event.preventDefault());
            this.search.addEventListener('input', () => this.choose());
            for (const select of [...this.selects, this.order])
                select.addEventListener('change', () => this.choose());
            this.clear.addEventListener('click', () => {
                this.form.reset();
                this.choose();
                this.search.focus();
            });
            this.more.addEventListener('click', () => {
                const first = this.body.rows.length;
                this.draw(first);
                this.body.rows[first].querySelector('a, th, td').focus?.();
            });
        }

        buildHeads() {
            this.heads = [...this.table.tHead.rows[0].cells];
            this.heads.forEach((head, at) => {
                const button = document.createElement('button');
                button.type = 'button';
                button.append(...head.childNodes);
                head.append(button);
                button.addEventListener('click', () => {
                    const rising = `${at}`, falling = `-${at}`;
                    const [first, second] = this.rows.some(row => row[2][at] !== null) && at > 0 ? [falling, rising] : [rising, falling];
                    this.order.value = this.order.value === first ? second : this.order.value === second ? '' : first;
                    this.choose();
                });
            });
        }

        // From the address to what is shown.
        read() {
            const params = chosen();
            const only = location.hash.slice(1);
            this.search.value = params.get(`${this.name}.q`) || '';
            this.order.value = params.get(`${this.name}.sort`) || '';
            if (this.order.selectedIndex < 0)
                this.order.value = '';
            this.selects.forEach((select, at) => {
                select.value = params.get(`${this.name}.${at}`) || '';
                if (select.selectedIndex < 0)
                    select.value = '';
            });
            // A link to a row that no first rows hold shows that row alone.
            const row = only.includes('=') || document.getElementById(only) ? null : this.rows.find(each => each[0] === only);
            this.show(row ? [row] : this.pick());
            if (row)
                document.getElementById(only).scrollIntoView();
        }

        // From what is chosen to the address and to what is shown.
        choose() {
            const params = chosen();
            const put = (key, value) => value ? params.set(`${this.name}.${key}`, value) : params.delete(`${this.name}.${key}`);
            put('q', this.search.value.trim());
            put('sort', this.order.value);
            this.selects.forEach((select, at) => put(at, select.value));
            history.replaceState(null, '', `#${params}`);
            this.show(this.pick());
        }

        haystack(row) {
            return row[4] ||= fold(row[1].map(cell => typeof cell === 'string' ? cell
                : [cell[0], ...(cell[3] || []).map(note => note[0])].join(' ')).join(' '));
        }

        pick() {
            const words = fold(this.search.value).split(/\s+/).filter(Boolean);
            const wanted = this.selects.map(select => select.value);
            let rows = this.rows.filter(row => wanted.every((value, at) => value === '' || row[3][at] === value) &&
                words.every(word => this.haystack(row).includes(word)));
            if (this.order.value !== '')
                rows = this.sorted(rows, Math.abs(Number(this.order.value)), this.order.value.startsWith('-') ? -1 : 1);
            return rows;
        }

        // What has no value comes last, whichever way it is sorted; rows that are alike keep their rank.
        sorted(rows, at, way) {
            const numbers = this.rows.some(row => row[2][at] !== null);
            const keyed = rows.map(row => [numbers ? row[2][at] : textOf(row[1][at]) || null, row]);
            keyed.sort(([a], [b]) => a === null || b === null ? (a === null) - (b === null)
                : way * (numbers ? a - b : collator.compare(a, b)));
            return keyed.map(([, row]) => row);
        }

        show(rows) {
            this.view = rows;
            this.body.textContent = '';
            this.draw(0);
            this.heads.forEach((head, at) => {
                head.removeAttribute('aria-sort');
                if (this.order.value === `${at}` || this.order.value === `-${at}`)
                    head.setAttribute('aria-sort', this.order.value.startsWith('-') ? 'descending' : 'ascending');
            });
        }

        draw(from) {
            const part = document.createDocumentFragment();
            const end = Math.min(from + STEP, this.view.length);
            for (const row of this.view.slice(from, end)) {
                const node = add(part, 'tr', {id: row[0]});
                row[1].forEach((cell, at) => drawCell(node, this, cell, at));
            }
            this.body.append(part);
            this.more.hidden = end === this.view.length;
            this.more.textContent = this.words.more.replace('%', count.format(Math.min(STEP, this.view.length - end)));
            this.status.textContent = this.words.shown.replace('%', count.format(end)).replace('%', count.format(this.view.length))
                .replace('%', count.format(this.rows.length));
        }
    }

    for (const island of document.querySelectorAll('script[data-grid]'))
        grids.push(new Grid(island));
    addEventListener('hashchange', () => grids.forEach(grid => grid.read()));
    // Words are folded while nobody waits, so that the first search is as quick as the next.
    const rest = grids.flatMap(grid => grid.rows.map(row => [grid, row]));
    (function prepare(from) {
        const end = Math.min(from + 2000, rest.length);
        for (let i = from; i < end; i++)
            rest[i][0].haystack(rest[i][1]);
        if (end < rest.length)
            setTimeout(prepare, 0, end);
    })(0);
})();
