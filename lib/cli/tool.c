#include "cli/tool.h"

#include <sys/ioctl.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "json/write.h"

static struct stop stop = { 0, -1 };
static int wake = -1;
static const char *name = "mdx";
static bool on_terminal, json_progress, line_open;
static struct timespec began, shown;

/* The second signal ends the program at once: the default action is back. */
static void
on_signal(int number)
{
	int saved = errno;
	ssize_t n;

	stop.signal = number;
	n = write(wake, "", 1);
	(void)n;
	errno = saved;
}

static void
clear_line(void)
{
	if (line_open)
		fputs("\r\033[K", stderr);
	line_open = false;
}

void
tool_say(const char *line)
{
	clear_line();
	fprintf(stderr, "%s: %s\n", name, line);
}

static double
since(const struct timespec *from)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - from->tv_sec) +
	    (double)(now.tv_nsec - from->tv_nsec) / 1e9;
}

static void
show_json(const struct run_progress *p, double seconds)
{
	struct buf b = { 0 };

	buf_addf(&b,
	    "{\"seconds\":%.1f,\"records\":%llu,\"set_aside\":%llu,"
	    "\"bytes\":%llu,\"size\":%llu,\"place\":",
	    seconds, (unsigned long long)p->records,
	    (unsigned long long)p->set_aside, (unsigned long long)p->done,
	    (unsigned long long)p->size);
	json_put_cstring(&b, p->place == NULL ? "" : p->place);
	buf_adds(&b, "}\n");
	fputs(buf_string(&b), stderr);
	buf_release(&b);
}

static void
show_line(const struct run_progress *p, double seconds)
{
	double rate = seconds > 0 ? (double)p->done / seconds : 0;

	fprintf(stderr, "\r\033[K%s: %llu records, %.1f MB/s", name,
	    (unsigned long long)p->records, rate / 1e6);
	if (p->set_aside > 0)
		fprintf(stderr, ", %llu set aside",
		    (unsigned long long)p->set_aside);
	if (p->size >= p->done && p->size > 0 && rate > 0)
		fprintf(stderr, ", %d%%, %.0f s left",
		    (int)(100.0 * (double)p->done / (double)p->size),
		    (double)(p->size - p->done) / rate);
	if (p->place != NULL)
		fprintf(stderr, " (%s)", p->place);
	line_open = true;
}

static void
progress(const struct run_progress *p)
{
	if (since(&shown) < 0.2)
		return;
	clock_gettime(CLOCK_MONOTONIC, &shown);
	if (json_progress)
		show_json(p, since(&began));
	else
		show_line(p, since(&began));
}

/*
 * A standard descriptor that came closed would be given to the next file that
 * is opened: the tool would wait for its own pipe, or write records into it.
 * Each is opened the wrong way round, so that using it fails as it should.
 */
static void
fill_standard(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			exit(ERR_OUTPUT);
}

static void
catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal,
		.sa_flags = (int)SA_RESETHAND };
	int ends[2];

	if (pipe(ends) == 0) {
		stop.fd = ends[0];
		wake = ends[1];
		fcntl(ends[0], F_SETFD, FD_CLOEXEC);
		fcntl(ends[1], F_SETFD, FD_CLOEXEC);
		fcntl(ends[1], F_SETFL, O_NONBLOCK);
	}
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/*
 * A buffer of some MiB goes back to the system when it is let go of.  Left to
 * itself glibc raises this border to the largest buffer it has seen freed, and
 * then each thread keeps such buffers in a heap of its own.
 */
static void
keep_memory_small(void)
{
#ifdef M_MMAP_THRESHOLD
	mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

void
tool_start(const struct tool *tool)
{
	const char *when = opt_common.progress;

	name = tool->name;
	keep_memory_small();
	fill_standard();
	catch_signals();
	clock_gettime(CLOCK_MONOTONIC, &began);
	shown = began;
	opt_common.run.stop = &stop;
	opt_common.run.say = tool_say;
	opt_common.run.quiet = opt_common.quiet;
	on_terminal = isatty(STDERR_FILENO) == 1;
	json_progress = strcmp(when, "json") == 0;
	if (json_progress || strcmp(when, "always") == 0 ||
	    (strcmp(when, "auto") == 0 && on_terminal && !opt_common.quiet))
		opt_common.run.progress = progress;
}

const struct stop *
tool_stop(void)
{
	return &stop;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *
tool_share(void)
{
	static const char *const beside[] = { "../share/mdx", "../../lib/share",
		"../../../lib/share" };
	static char path[PATH_MAX + 32];
	char self[PATH_MAX];
	const char *given = getenv("MDX_SHARE");
	ssize_t n;

	if (given != NULL && given[0] != '\0')
		return given;
	if (path[0] != '\0')
		return path;
	n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (n <= 0)
		return "/usr/share/mdx";
	self[n] = '\0';
	*strrchr(self, '/') = '\0';
	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", self, beside[i]);
		if (is_folder(path))
			return path;
	}
	snprintf(path, sizeof(path), "/usr/share/mdx");
	return path;
}

int
tool_fail(const struct err *e)
{
	clear_line();
	if (e->text[0] != '\0')
		tool_say(e->text);
	return (int)e->kind;
}

int
tool_end(int status, const struct err *e)
{
	clear_line();
	if (status == 128 + SIGPIPE) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	if (e != NULL && e->text[0] != '\0')
		tool_say(e->text);
	return status;
}
