/*
 * Loops over claims through the C interface of PyPI msdrg and measures the CPU time of the loop.
 *
 *   peer_abi group|edit LIBRARY DATA CLAIMS
 *
 * CLAIMS holds one JSON claim a line in msdrg's own layout. Prints "group|edit<TAB>claims<TAB>CPU seconds".
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef void *(*open_fn)(const char *data);
typedef char *(*run_fn)(void *context, const char *claim);
typedef void (*free_fn)(void *);

static void fail(const char *what) {
    fprintf(stderr, "peer_abi: %s\n", what);
    exit(1);
}

static void *symbol(void *library, const char *name) {
    void *found = dlsym(library, name);
    if (!found) fail(dlerror());
    return found;
}

/* All lines of a file; the claims are in memory before the clock starts. */
static char **read_lines(const char *path, size_t *count) {
    FILE *file = fopen(path, "r");
    if (!file) fail("cannot read the claims");
    size_t room = 1024, length = 0;
    char **lines = malloc(room * sizeof *lines), *line = NULL;
    while (lines && getline(&line, &length, file) > 0) {
        if (*count == room) lines = realloc(lines, (room *= 2) * sizeof *lines);
        if (lines) lines[(*count)++] = line;
        line = NULL;
        length = 0;
    }
    fclose(file);
    if (!lines) fail("out of memory");
    return lines;
}

static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void run_all(run_fn run, free_fn release, void *context, char **lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char *result = run(context, lines[i]);
        if (!result) fail("a claim was refused");
        release(result);
    }
}

int main(int argc, char **argv) {
    if (argc != 5) fail("usage: peer_abi group|edit LIBRARY DATA CLAIMS");
    int grouping = strcmp(argv[1], "group") == 0;
    void *library = dlopen(argv[2], RTLD_NOW);
    if (!library) fail(dlerror());
    open_fn open = (open_fn)symbol(library, grouping ? "msdrg_context_init" : "mce_context_init");
    run_fn run = (run_fn)symbol(library, grouping ? "msdrg_group_json" : "mce_edit_json");
    free_fn release = (free_fn)symbol(library, "msdrg_string_free");

    size_t count = 0;
    char **lines = read_lines(argv[4], &count);
    void *context = open(argv[3]);
    if (!context) fail("the data file was refused");
    run_all(run, release, context, lines, count < 1000 ? count : 1000); /* warm up */

    double start = cpu_seconds();
    run_all(run, release, context, lines, count);
    printf("%s\t%zu\t%.6f\n", argv[1], count, cpu_seconds() - start);
    return 0;
}
